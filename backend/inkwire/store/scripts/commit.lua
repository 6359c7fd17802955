-- Applies one push: all or nothing, at most once, in the author's order.
--
-- KEYS  meta, el, big, z, acks, log: all of one board
-- ARGV  channel, rest of the encoded commit (all after its seq), cid, n, at in ms, most elements,
--       log: length that is always kept, age in ms, length that is never exceeded; acks: age in ms;
--       session's field ('' if it is not a connection that pushes), number of the connection in it;
--       then the ops, each of a fixed number of strings:
--         p id z small points text     put: `small` is the msgpack map of everything but points and text
--         s id small cleared points text   set: `cleared` names, between spaces, what got its default back
--         d id                         delete
--         t title                      rename the board
--         m id seq                     must: changes nothing unless the element was last changed by commit
--                                      `seq`; '' unless there is none with that id
--       points and text come as msgpack values; '' means not there (put) or not changed (set), NIL empty.
-- Answer  {ok, seq} {duplicate, n, seq} {gap, expected} {superseded} {full} {missing} {archived} {changed}
--
-- HAS, the properties of each type between spaces, is generated and stands before this text.

local meta, el, big, zs, acks, log = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local cid, n, at = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local session, arrival = ARGV[11], tonumber(ARGV[12])
local FIRST = 13
local WIDTH = {p = 6, s = 6, d = 2, t = 2, m = 3}
local NIL = '\192'
local SEQ_BYTES = 9 -- every value of `el` starts with the seq of its last change as a msgpack uint64
local SLICE = 1000 -- arguments of one command; unpack() has a limit of about 8,000

local state = redis.call('HMGET', meta, 'epoch', 'seq', 'archived')
if not state[1] then return {'missing'} end

local remembered = redis.call('HMGET', acks, cid, session)
if session ~= '' then
  local newest = remembered[2] and struct.unpack('>I8', remembered[2]) or 0
  -- 0 was never registered: it may be older than one that was not either.
  if arrival < newest or arrival == 0 then return {'superseded'} end
  if arrival > newest then -- the store forgot it, or was put back
    redis.call('HSET', acks, session, struct.pack('>I8I8I8', arrival, 0, at))
  end
end

local last_n, last_seq = 0, 0
local ack = remembered[1]
if ack then last_n, last_seq = struct.unpack('>I8I8', ack) end
if n <= last_n then return {'duplicate', last_n, last_seq} end
if n > last_n + 1 then return {'gap', last_n + 1} end
if state[3] then return {'archived'} end

-- 1. What the ops touch, read in one go.
local ids, cells = {}, {}
local i = FIRST
while i <= #ARGV do
  local kind = ARGV[i]
  if kind ~= 't' and not cells[ARGV[i + 1]] then
    ids[#ids + 1] = ARGV[i + 1]
    cells[ARGV[i + 1]] = {}
  end
  i = i + WIDTH[kind]
end
for from = 1, #ids, SLICE do
  local to = math.min(from + SLICE - 1, #ids)
  local found = redis.call('HMGET', el, unpack(ids, from, to))
  for k = from, to do
    local stored = found[k - from + 1]
    if stored then
      local cell = cells[ids[k]]
      cell.there, cell.stored = true, stored
    end
  end
end

i = FIRST
while ARGV[i] == 'm' do -- these come before all others
  local cell, is = cells[ARGV[i + 1]], ''
  if cell.stored then is = string.format('%.0f', (struct.unpack('>I8', string.sub(cell.stored, 2, 9)))) end
  if is ~= ARGV[i + 2] then return {'changed'} end
  i = i + WIDTH.m
end

-- 2. The ops, applied here. `points` and `text` of a cell: nil untouched, false removed.
local function open(cell)
  if cell.map then return end
  if cell.small then
    cell.map = cmsgpack.unpack(cell.small)
  else
    cell.map = cmsgpack.unpack(string.sub(cell.stored, SEQ_BYTES + 1))
    cell.z_before = cell.map.z
  end
end

local function remove(cell)
  if cell.stored and not cell.z_before then open(cell) end
  cell.there, cell.map, cell.small, cell.changed = false, nil, nil, true
  cell.points, cell.text = false, false
end

local function set(cell, small, cleared, points, text)
  open(cell)
  local map = cell.map
  local has = HAS[map.type] or ''
  local function applies(name) return string.find(has, ' ' .. name .. ' ', 1, true) end
  if small ~= '' then
    for name, value in pairs(cmsgpack.unpack(small)) do
      if applies(name) then map[name], cell.changed = value, true end
    end
  end
  for name in string.gmatch(cleared, '%S+') do
    if applies(name) then map[name], cell.changed = nil, true end
  end
  if points ~= '' and applies('points') then cell.points, cell.changed = points, true end
  if text ~= '' and applies('text') then
    cell.text, cell.changed = text ~= NIL and text, true
  end
end

local title
i = FIRST
while i <= #ARGV do
  local kind = ARGV[i]
  if kind == 't' then
    title = ARGV[i + 1]
  else
    local cell = cells[ARGV[i + 1]]
    if kind == 'p' then
      if not cell.there then
        cell.there, cell.changed = true, true
        cell.z, cell.small = ARGV[i + 2], ARGV[i + 3]
        cell.points = ARGV[i + 4] ~= '' and ARGV[i + 4]
        cell.text = ARGV[i + 5] ~= '' and ARGV[i + 5]
      end
    elseif cell.there and kind == 's' then
      set(cell, ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5])
    elseif cell.there and kind == 'd' then
      remove(cell)
    end
  end
  i = i + WIDTH[kind]
end

local grown = 0
for _, id in ipairs(ids) do
  local cell = cells[id]
  if cell.there and not cell.stored then grown = grown + 1 end
  if cell.stored and not cell.there then grown = grown - 1 end
end
if grown > 0 and redis.call('HLEN', el) + grown > tonumber(ARGV[6]) then return {'full'} end

-- 3. The new state, written with as few commands as there are kinds of change.
local seq = tonumber(state[2]) + 1
local seq8 = struct.pack('>I8', seq)
local el_set, el_del, big_set, big_del, z_add, z_rem = {}, {}, {}, {}, {}, {}
for _, id in ipairs(ids) do
  local cell = cells[id]
  if cell.changed then
    local z = nil
    if cell.there then
      el_set[#el_set + 1] = id
      el_set[#el_set + 1] = '\207' .. seq8 .. (cell.map and cmsgpack.pack(cell.map) or cell.small)
      z = cell.map and cell.map.z or cell.z
    elseif cell.stored then
      el_del[#el_del + 1] = id
    end
    if z ~= cell.z_before then
      if cell.z_before then z_rem[#z_rem + 1] = cell.z_before .. '\0' .. id end
      if z then
        z_add[#z_add + 1] = 0
        z_add[#z_add + 1] = z .. '\0' .. id
      end
    end
    for _, name in ipairs({'points', 'text'}) do
      local value = cell[name]
      if value then
        big_set[#big_set + 1] = id .. '/' .. name
        big_set[#big_set + 1] = value
      elseif value == false and cell.stored then
        big_del[#big_del + 1] = id .. '/' .. name
      end
    end
  end
end
local function write(command, key, list)
  for from = 1, #list, SLICE do
    redis.call(command, key, unpack(list, from, math.min(from + SLICE - 1, #list)))
  end
end
write('HSET', el, el_set)
write('HDEL', el, el_del)
write('HSET', big, big_set)
write('HDEL', big, big_del)
write('ZREM', zs, z_rem)
write('ZADD', zs, z_add)
local digits = string.format('%.0f', seq)
redis.call('HSET', meta, 'seq', digits)
if title then redis.call('HSET', meta, 'title', title) end
redis.call('HSET', acks, cid, struct.pack('>I8I8I8', n, seq, at))

-- 4. The log. What is both older than the age and beyond the length goes; now and then, in portions.
local commit = '\151\207' .. seq8 .. ARGV[2]
redis.call('XADD', log, digits .. '-0', 'c', commit, 't', ARGV[5])
if seq % 64 == 0 then
  local keep, age, most = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
  local function trim_below(first_kept)
    redis.call('XTRIM', log, 'MINID', string.format('%.0f-0', first_kept))
  end
  if seq > most then trim_below(seq - most + 1) end
  for _ = 1, 4 do
    local first = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)[1]
    local candidate = tonumber(string.match(first[1], '^%d+')) + 64
    if candidate > seq - keep then break end
    local id = string.format('%.0f-0', candidate)
    local entry = redis.call('XRANGE', log, id, id)[1]
    if not entry or tonumber(entry[2][4]) > at - age then break end
    trim_below(candidate + 1)
  end
end

-- 5. Who has not been heard of for long is forgotten, a few at a time.
if seq % 256 == 0 then forget(meta, acks, at - tonumber(ARGV[10])) end

-- 6. Stored first, told second.
redis.call('SPUBLISH', ARGV[1], commit)
return {'ok', seq}
