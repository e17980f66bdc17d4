/**
 * What has to be one step between a run and whoever wants its job in the queue. BullMQ lets a finished job go in a step of
 * its own; so the job first says that it leaves, unless somebody has asked for it again. The field `aura` of BullMQ's
 * record holds either word, and goes with the record.
 */

/** Asks for another hand-out of a job that a worker holds. KEYS: queued, lock. The answer is how it stands. */
export const ASK = `
  if redis.call('EXISTS', KEYS[1]) == 0 then return 'FREE' end
  -- Also one whose worker has died is handed out again.
  if redis.call('EXISTS', KEYS[2]) == 0 then return 'WAITS' end
  if redis.call('HGET', KEYS[1], 'aura') == 'leaving' then return 'LEAVING' end
  redis.call('HSET', KEYS[1], 'aura', 'again')
  return 'RUNS'`;

/** A run begins: it meets all wishes so far. KEYS: queued, clock. The answer is the newest id. */
export const BEGIN = `
  redis.call('HDEL', KEYS[1], 'aura')
  local clock = redis.call('HMGET', KEYS[2], 'ms', 'counter')
  return (clock[1] or '0') .. '-' .. (clock[2] or '0')`;

/**
 * A run is over. KEYS: queued, log, job, lock. ARGV: job, prefix of busy, the run's lock. A job that has ended needs no
 * other run.
 */
export const LEAVE = `
  if redis.call('GET', KEYS[4]) ~= ARGV[3] then return 'TAKEN' end
  local ended = redis.call('HEXISTS', KEYS[2], 'end') == 1
  if not ended and redis.call('HGET', KEYS[1], 'aura') == 'again' then return 'AGAIN' end
  redis.call('HSET', KEYS[1], 'aura', 'leaving')
  local owner = redis.call('HGET', KEYS[3], 'owner')
  if owner then redis.call('SREM', ARGV[2] .. owner, ARGV[1]) end
  return 'LEAVES'`;

/** A job was put into the queue; counts it for its owner while it is there. KEYS: job, log, queued, unqueued. ARGV: job, prefix of busy. */
export const COUNT_IN = `
  redis.call('ZREM', KEYS[4], ARGV[1])
  local owner = redis.call('HGET', KEYS[1], 'owner')
  if not owner or redis.call('HEXISTS', KEYS[2], 'end') == 1 or redis.call('EXISTS', KEYS[3]) == 0 then return end
  if redis.call('HGET', KEYS[3], 'aura') ~= 'leaving' then redis.call('SADD', ARGV[2] .. owner, ARGV[1]) end`;

/** A job was taken out of the queue, perhaps. KEYS: job, queued. ARGV: job, prefix of busy. */
export const COUNT_OUT = `
  local owner = redis.call('HGET', KEYS[1], 'owner')
  if owner and redis.call('EXISTS', KEYS[2]) == 0 then redis.call('SREM', ARGV[2] .. owner, ARGV[1]) end`;
