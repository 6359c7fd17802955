-- A board's activity after a number, who is here as of its last event, and which links open the board.
--
-- KEYS  meta, activity, people, links    ARGV  number, most events
-- Answer  {ok, epoch, number of the last event, settled, {person, who, ...}, first number, {events}, {hash of a token, ...}}
--         {missing}
local state = redis.call('HMGET', KEYS[1], 'epoch', 'activity', 'settled')
if not state[1] then return {'missing'} end
local last, settled = tonumber(state[2] or '0'), tonumber(state[3] or '0')
local after = math.max(tonumber(ARGV[1]), last - tonumber(ARGV[2]))
local rows = redis.call('XRANGE', KEYS[2], string.format('%.0f-0', after + 1), '+')
local first, events = last + 1, {}
if rows[1] then first = tonumber(string.match(rows[1][1], '^%d+')) end
for k, row in ipairs(rows) do events[k] = row[2][2] end
return {'ok', state[1], last, settled, redis.call('HGETALL', KEYS[3]), first, events,
        redis.call('HKEYS', KEYS[4])}
