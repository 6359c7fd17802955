-- Makes an empty board of a given id, in one step with taking away what was there.
--
-- KEYS  meta and all other keys of the board, links seventh, files eighth
-- ARGV  epoch, title, created, whether to replace (0 or 1), how many strings of links follow: hash, role …,
--       then of files: file, size …
-- Answer  1, or 0: there is such a board
if redis.call('EXISTS', KEYS[1]) == 1 and ARGV[4] ~= '1' then return 0 end
redis.call('UNLINK', unpack(KEYS))
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'title', ARGV[2], 'created', ARGV[3], 'seq', '0')
local links = tonumber(ARGV[5])
for i = 6, #ARGV, 2 do
  redis.call('HSET', i < 6 + links and KEYS[7] or KEYS[8], ARGV[i], ARGV[i + 1])
end
return 1
