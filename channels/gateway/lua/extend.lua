-- Keeps a claim that is still being worked on. KEYS: conversation, claimed   ARGV: conversation id, token, lease end (ms)
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then return 0 end
return redis.call('ZADD', KEYS[2], 'XX', 'CH', ARGV[3], ARGV[1])
