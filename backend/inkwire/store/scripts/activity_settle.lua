-- Adds to a board's activity: who came, who went, what happened, and what commits come to.
--
-- KEYS  meta, activity, people
-- ARGV  channel, epoch, settled as the caller knows it, settled after this, at in ms, most events kept,
--       oldest kept in ms; then each event with its condition, three strings:
--         j person, who        joined: unless the person is here already
--         l person, ''         left: if the person is here
--         c '', ''             sums up commits: if nobody has summed up these commits before
--         n '', ''             a note: always
--       followed by the event as JSON, so four strings each
-- Answer  {ok, number of the last event, settled} {lost} {missing}
--
-- Every worker with the board open may try: each commit counts in exactly one event, each coming and going
-- is told once, and numbers have no gap.
local meta, activity, people = KEYS[1], KEYS[2], KEYS[3]
local state = redis.call('HMGET', meta, 'epoch', 'activity', 'settled')
if not state[1] then return {'missing'} end
if state[1] ~= ARGV[2] then return {'lost'} end
local last, settled = tonumber(state[2] or '0'), tonumber(state[3] or '0')
local expected, next_settled = tonumber(ARGV[3]), tonumber(ARGV[4])
local in_turn = expected == settled and next_settled >= settled
local first, told = last + 1, {}
for i = 8, #ARGV, 4 do
  local condition, person = ARGV[i], ARGV[i + 1]
  local holds = condition == 'n'
  if condition == 'j' then
    holds = redis.call('HSET', people, person, ARGV[i + 2]) == 1
  elseif condition == 'l' then
    holds = redis.call('HDEL', people, person) == 1
  elseif condition == 'c' then
    holds = in_turn
  end
  if holds then
    last = last + 1
    redis.call('XADD', activity, string.format('%.0f-0', last), 'e', ARGV[i + 3], 't', ARGV[5])
    told[#told + 1] = ARGV[i + 3]
  end
end
if in_turn then settled = next_settled end
local settled_digits = string.format('%.0f', settled)
if #told == 0 then
  if in_turn and expected ~= settled then redis.call('HSET', meta, 'settled', settled_digits) end
  return {'ok', last, settled}
end
redis.call('HSET', meta, 'activity', string.format('%.0f', last), 'settled', settled_digits)
redis.call('XTRIM', activity, 'MAXLEN', ARGV[6])
local oldest = redis.call('XRANGE', activity, '-', '+', 'COUNT', 64)
for k = #oldest, 1, -1 do
  if tonumber(oldest[k][2][4]) < tonumber(ARGV[7]) then
    local number = tonumber(string.match(oldest[k][1], '^%d+'))
    redis.call('XTRIM', activity, 'MINID', string.format('%.0f-0', number + 1))
    break
  end
end
redis.call('SPUBLISH', ARGV[1], 'a' .. cmsgpack.pack({ARGV[2], first, settled, told}))
return {'ok', last, settled}
