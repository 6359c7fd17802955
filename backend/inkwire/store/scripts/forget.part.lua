-- Shared by commit.lua and arrive.lua: `acks` stays bounded, a few entries at a time.

-- Forgets who was heard of last before `oldest`. Every value of `acks` ends with that time.
local function forget(meta, acks, oldest)
  local cursor = redis.call('HGET', meta, 'sweep') or '0'
  local scanned = redis.call('HSCAN', acks, cursor, 'COUNT', 100)
  for k = 1, #scanned[2], 2 do
    local _, _, seen = struct.unpack('>I8I8I8', scanned[2][k + 1])
    if seen < oldest then redis.call('HDEL', acks, scanned[2][k]) end
  end
  redis.call('HSET', meta, 'sweep', scanned[1])
end
