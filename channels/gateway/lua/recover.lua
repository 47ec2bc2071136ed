-- Gives the conversations of workers that died to others. KEYS: ready, claimed, wake   ARGV: now (ms), key prefix
-- Gives how many.
local lost = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
for _, id in ipairs(lost) do
  redis.call('ZREM', KEYS[2], id)
  redis.call('HDEL', ARGV[2] .. id, 'claimed')
  redis.call('ZADD', KEYS[1], 'NX', ARGV[1], id)
  redis.call('RPUSH', KEYS[3], '1')
end
return #lost
