-- The records of given elements; those that are gone are left out.
--
-- KEYS  el, big    ARGV  most bytes, ids …
-- Answer  {records of the first ids, how many ids that were}
local ids = {unpack(ARGV, 2)}
local out = {}
local values = redis.call('HMGET', KEYS[1], unpack(ids))
local stop = splice(KEYS[2], ids, values, tonumber(ARGV[1]), out)
return {out, stop - 1}
