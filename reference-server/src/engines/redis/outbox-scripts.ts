/** What the outbox does in one step. KEYS: outbox, deliveries of the job (not of `CLAIM`). ARGV begins with the job. */

/** Deliveries that wait for the end of their job. ARGV: job, channels. */
export const ADD_DELIVERIES = `
  for i = 2, #ARGV do
    if redis.call('HSETNX', KEYS[2], ARGV[i], 0) == 1 then redis.call('ZADD', KEYS[1], '+inf', ARGV[i] .. ':' .. ARGV[1]) end
  end`;

/** What waits is due. ARGV: job, time. */
export const RELEASE = `
  for _, channel in ipairs(redis.call('HKEYS', KEYS[2])) do
    local member = channel .. ':' .. ARGV[1]
    if redis.call('ZSCORE', KEYS[1], member) == 'inf' then redis.call('ZADD', KEYS[1], ARGV[2], member) end
  end`;

/** Takes what is due and lends it until another time. ARGV: now, that time, how many, prefix of deliveries. */
export const CLAIM = `
  local taken = {}
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
    local channel, jobId = string.match(member, '^([^:]+):(.+)$')
    redis.call('ZADD', KEYS[1], ARGV[2], member)
    taken[#taken + 1] = { jobId, channel, redis.call('HINCRBY', ARGV[4] .. jobId, channel, 1) }
  end
  return taken`;

/** ARGV: job, channel. */
export const FINISH_DELIVERY = `
  redis.call('ZREM', KEYS[1], ARGV[2] .. ':' .. ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[2])`;

/** ARGV: job. */
export const FORGET_DELIVERIES = `
  for _, channel in ipairs(redis.call('HKEYS', KEYS[2])) do redis.call('ZREM', KEYS[1], channel .. ':' .. ARGV[1]) end
  redis.call('DEL', KEYS[2])`;
