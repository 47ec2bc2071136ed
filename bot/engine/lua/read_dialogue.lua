-- What a turn starts from: how many turns there are, where the checkpoint stands, and the turns since then.
-- KEYS: head, turns, ids    ARGV: fence of this turn or '', seconds for which a newer fence counts, id of its message
-- Gives {'done', the turn} if the message was answered before, {'late'} if a newer holder has saved a turn since,
-- else {'read', turns, checkpoint_at, checkpoint or '', the turns since}.
local turns = redis.call('LLEN', KEYS[2])
if ARGV[3] ~= '' then
  local place = redis.call('LPOS', KEYS[3], ARGV[3])
  local done = place and redis.call('LINDEX', KEYS[2], turns - redis.call('LLEN', KEYS[3]) + place)
  if done then return {'done', done} end
end
local head = redis.call('HMGET', KEYS[1], 'checkpoint_at', 'checkpoint', 'fence', 'fence_at')
local fence = tonumber(ARGV[1])
if fence and head[3] and fence < tonumber(head[3])
    and tonumber(redis.call('TIME')[1]) - tonumber(head[4]) < tonumber(ARGV[2]) then
  return {'late'}
end
local at = math.min(tonumber(head[1] or '0'), turns)
return {'read', turns, at, head[2] or '', redis.call('LRANGE', KEYS[2], at, -1)}
