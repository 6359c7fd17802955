-- Gives a connection its number among those of its session: who comes later has the higher one.
--
-- KEYS  meta, acks    ARGV  session's field, at in ms, acks: age in ms
-- Answer  {ok, number} {missing}
--
-- The order is the store's. The time only keeps a number from being given twice: by a store that was
-- put back, or after the session was forgotten.
local meta, acks = KEYS[1], KEYS[2]
local session, at = ARGV[1], tonumber(ARGV[2])
if redis.call('EXISTS', meta) == 0 then return {'missing'} end
local known = redis.call('HGET', acks, session)
local number = math.max((known and struct.unpack('>I8', known) or 0) + 1, at)
redis.call('HSET', acks, session, struct.pack('>I8I8I8', number, 0, at))
-- People who only look never commit, so that commits do not forget them.
if not known and redis.call('HLEN', acks) % 64 == 0 then forget(meta, acks, at - tonumber(ARGV[3])) end
return {'ok', number}
