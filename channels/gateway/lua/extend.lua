-- Keeps a claim that is still being worked on. KEYS: conversation, claimed   ARGV: conversation id, token, lease end (ms)
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then return 0 end
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[2], 'XX', ARGV[3], ARGV[1])
return 1
