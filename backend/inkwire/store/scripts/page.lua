-- One page of a snapshot.
--
-- KEYS  el, big    ARGV  cursor, about how many, most bytes
-- Answer  {next cursor, {records}, {ids that did not fit}}
local scanned = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local ids, values, out, rest = {}, {}, {}, {}
for k = 1, #scanned[2], 2 do
  ids[#ids + 1] = scanned[2][k]
  values[#values + 1] = scanned[2][k + 1]
end
for k = splice(KEYS[2], ids, values, tonumber(ARGV[3]), out), #ids do rest[#rest + 1] = ids[k] end
return {scanned[1], out, rest}
