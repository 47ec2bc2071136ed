-- Ends a turn: takes its message off the queue, publishes and records everything said, in one step.
-- KEYS: conversation, inbox, ready, claimed, wake, out, record
-- ARGV: conversation id, token, now (ms), session seconds, message id, its number, its record, count, then
-- count x (type, shown, recorded), then pairs of a field of the conversation and what the next turn finds there
-- ("" for nothing). A record of type forget says that everything up to its number is to be deleted.
-- Gives 1, or 0 when the claim was lost: then nothing has been changed.
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] or redis.call('HGET', KEYS[1], 'claimed') ~= '1' then return 0 end
-- After a failover to a replica that lagged, tokens can come twice; the message tells the turns apart.
local head = redis.call('LINDEX', KEYS[2], 0)
if not head or cjson.decode(head)['id'] ~= ARGV[5] then return 0 end
redis.call('LPOP', KEYS[2])
redis.call('XADD', KEYS[7], '*', 'type', 'message', 'conversation', ARGV[1], 'seq', ARGV[6], 'data', ARGV[7])
for i = 0, tonumber(ARGV[8]) - 1 do
  local kind, shown, recorded = ARGV[9 + i * 3], ARGV[10 + i * 3], ARGV[11 + i * 3]
  local seq = redis.call('HGET', KEYS[1], 'seq') or 0
  if kind == 'message' then
    seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
    redis.call('XADD', KEYS[6], 'MAXLEN', '~', 1000, '*', 'type', 'message', 'seq', seq, 'data', shown)
  elseif kind == 'forget' then
    redis.call('DEL', KEYS[6])
    redis.call('HDEL', KEYS[1], 'offered', 'explained', 'asked', 'rest')
  end
  redis.call('XADD', KEYS[7], '*', 'type', kind, 'conversation', ARGV[1], 'seq', seq, 'data', recorded)
end
for i = 9 + tonumber(ARGV[8]) * 3, #ARGV, 2 do
  if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[i])
  else redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('HDEL', KEYS[1], 'claimed')
redis.call('EXPIRE', KEYS[1], ARGV[4])
redis.call('EXPIRE', KEYS[6], ARGV[4])
if redis.call('LLEN', KEYS[2]) > 0 then
  redis.call('ZADD', KEYS[3], 'NX', ARGV[3], ARGV[1])
  redis.call('RPUSH', KEYS[5], '1')
end
return 1
