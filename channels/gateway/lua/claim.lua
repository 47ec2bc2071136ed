-- Hands the conversation that has waited longest to a worker.
-- KEYS: ready, claimed, fence    ARGV: lease end (ms), key prefix of conversations
-- Gives nil, or {conversation id, fencing token, payload}.
while true do
  local next = redis.call('ZPOPMIN', KEYS[1])
  if #next == 0 then return false end
  local id = next[1]
  local payload = redis.call('LINDEX', ARGV[2] .. id .. ':inbox', 0)
  if payload then
    local token = redis.call('INCR', KEYS[3])
    redis.call('ZADD', KEYS[2], ARGV[1], id)
    redis.call('HSET', ARGV[2] .. id, 'claimed', '1', 'fence', token)
    return {id, token, payload}
  end
  redis.call('HDEL', ARGV[2] .. id, 'claimed')
end
