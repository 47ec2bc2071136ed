-- Takes one message from a person, once for good.
-- KEYS: conversation, seen, inbox, ready, wake, out
-- ARGV: conversation id, message id, payload (an object), waiting limit, queue limit, now (ms), session seconds, shown
-- Gives "accepted", "duplicate", "full" (this conversation has too many waiting) or "busy" (all of them together have).
if redis.call('SISMEMBER', KEYS[2], ARGV[2]) == 1 then return 'duplicate' end
if redis.call('LLEN', KEYS[3]) >= tonumber(ARGV[5]) then return 'full' end
if redis.call('ZCARD', KEYS[4]) >= tonumber(ARGV[4]) then return 'busy' end
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[7])
local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
redis.call('RPUSH', KEYS[3], '{"seq":' .. seq .. ',' .. string.sub(ARGV[3], 2))
redis.call('XADD', KEYS[6], 'MAXLEN', '~', 1000, '*', 'type', 'message', 'seq', seq, 'data', ARGV[8])
redis.call('EXPIRE', KEYS[1], ARGV[7])
redis.call('EXPIRE', KEYS[6], ARGV[7])
if redis.call('HGET', KEYS[1], 'claimed') ~= '1' then
  redis.call('ZADD', KEYS[4], 'NX', ARGV[6], ARGV[1])
  redis.call('RPUSH', KEYS[5], '1')
  redis.call('LTRIM', KEYS[5], -1000, -1)
end
return 'accepted'
