-- Adds one turn to a dialogue, or refuses it: all of it or nothing.
-- KEYS: head, turns, ids, where the turn's event goes
-- ARGV: turns that were there when the dialogue was read, fence or '', seconds for which a newer fence counts,
--       id of the message or '', how many ids to keep, seconds to keep the dialogue, the turn, checkpoint_at,
--       checkpoint or '' for the one that stands, 1 to delete every turn before this one or 0,
--       'stream', 'list' or '' (nowhere), then the event: name, value, ...
-- Gives {'saved'}, {'done', the turn} if the message was answered in between, {'moved'} if another was, or {'late'}.
local turns = redis.call('LLEN', KEYS[2])
if turns ~= tonumber(ARGV[1]) then
  local place = ARGV[4] ~= '' and redis.call('LPOS', KEYS[3], ARGV[4])
  local done = place and redis.call('LINDEX', KEYS[2], turns - redis.call('LLEN', KEYS[3]) + place)
  if done then return {'done', done} end
  return {'moved'}
end
local fence = tonumber(ARGV[2])
if fence then
  local now = tonumber(redis.call('TIME')[1])
  local newest = redis.call('HMGET', KEYS[1], 'fence', 'fence_at')
  if newest[1] and fence < tonumber(newest[1]) and now - tonumber(newest[2]) < tonumber(ARGV[3]) then
    return {'late'}
  end
  redis.call('HSET', KEYS[1], 'fence', ARGV[2], 'fence_at', now)
end
if ARGV[10] == '1' then
  redis.call('DEL', KEYS[2], KEYS[3])
  redis.call('HDEL', KEYS[1], 'checkpoint')
  turns = 0
end
redis.call('RPUSH', KEYS[2], ARGV[7])
redis.call('RPUSH', KEYS[3], ARGV[4])
redis.call('LTRIM', KEYS[3], -tonumber(ARGV[5]), -1)
redis.call('HSET', KEYS[1], 'turns', turns + 1, 'checkpoint_at', ARGV[8])
if ARGV[9] ~= '' then redis.call('HSET', KEYS[1], 'checkpoint', ARGV[9]) end
for part = 1, 3 do redis.call('EXPIRE', KEYS[part], ARGV[6]) end
if ARGV[11] == 'stream' then
  redis.call('XADD', KEYS[4], '*', unpack(ARGV, 12))
elseif ARGV[11] == 'list' then
  redis.call('RPUSH', KEYS[4], cjson.encode({unpack(ARGV, 12)}))
  redis.call('EXPIRE', KEYS[4], ARGV[6])
end
return {'saved'}
