-- Shared by page.lua and records.lua: the SnapshotRecords of some elements, spliced, never decoded.
-- A value of `el` is already the record's first two items, a value of `big` one of its last two.
local NIL = '\192'
local SLICE = 32

-- Appends the records of ids[k], values[k] to `out` until they pass `limit` bytes;
-- returns the index of the first that was left out.
local function splice(big, ids, values, limit, out)
  local bytes, k = 0, 1
  while k <= #ids and bytes < limit do
    local to = math.min(k + SLICE - 1, #ids)
    local fields = {}
    for j = k, to do
      fields[#fields + 1] = ids[j] .. '/points'
      fields[#fields + 1] = ids[j] .. '/text'
    end
    local large = redis.call('HMGET', big, unpack(fields))
    for j = k, to do
      if bytes >= limit then return j end
      if values[j] then
        local at = 2 * (j - k) + 1
        local record = '\148' .. values[j] .. (large[at] or NIL) .. (large[at + 1] or NIL)
        out[#out + 1] = record
        bytes = bytes + #record
      end
    end
    k = to + 1
  end
  return k
end
