-- Notes how far a webhook's receiver has been told, if the caller still has the claim.
--
-- KEYS  hooks, progress, claim    ARGV  claimant, webhook, progress, how long the claim goes on in ms (0: it ends)
-- Answer  1, or 0: somebody else has the claim, or the webhook is gone
if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 0 then
  redis.call('HDEL', KEYS[2], ARGV[2])
  redis.call('DEL', KEYS[3])
  return 0
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
if ARGV[4] == '0' then
  redis.call('DEL', KEYS[3])
else
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
end
return 1
