-- The commits after a position, if it can be proved that none is missing.
--
-- KEYS  meta, log    ARGV  epoch, seq, most bytes
-- Answer  {ok, {commits}} {lost} {missing}
local state = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
if not state[1] then return {'missing'} end
local after, now, limit = tonumber(ARGV[2]), tonumber(state[2]), tonumber(ARGV[3])
if state[1] ~= ARGV[1] or after > now then return {'lost'} end
local out, bytes, next = {}, 0, after + 1
while next <= now and bytes < limit do
  -- Asked for a trimmed id, XRANGE goes on at the next one without a word: check each.
  local rows = redis.call('XRANGE', KEYS[2], string.format('%.0f-0', next), '+', 'COUNT', 16)
  if #rows == 0 then return {'lost'} end
  for _, row in ipairs(rows) do
    if row[1] ~= string.format('%.0f-0', next) then return {'lost'} end
    if bytes >= limit then break end
    out[#out + 1] = row[2][2]
    bytes = bytes + #row[2][2]
    next = next + 1
  end
end
return {'ok', out}
