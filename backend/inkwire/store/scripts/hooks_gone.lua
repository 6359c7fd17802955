-- Takes a board from the list of those with webhooks, if it has none. One may have been made since the caller looked.
--
-- KEYS  hooks, boards with webhooks    ARGV  board
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('SREM', KEYS[2], ARGV[1]) end
return 0
