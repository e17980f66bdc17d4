/** What Redis does in one step, as Lua: all of it happens or nothing, and nobody sees half of it. */
import type { Redis } from 'ioredis';

export type Script = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

/** Loads a script. @param name must not be one that the client has */
export function loadScript(redis: Redis, name: string, lua: string): Script {
  const command = `aura${name}`;
  redis.defineCommand(command, { lua });
  const run = (redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>)[command]!;
  return (keys, args) => run.call(redis, keys.length, ...keys, ...args);
}

/** The next ids. They rise over all jobs, whatever becomes of the clock of the machine. */
const NEXT_ID = `
  local now = redis.call('TIME')
  local clock = redis.call('HMGET', KEYS[1], 'ms', 'counter')
  local ms = math.max(now[1] * 1000 + math.floor(now[2] / 1000), tonumber(clock[1] or 0))
  local counter = tonumber(clock[2] or 0)
  local function nextId()
    counter = counter + 1
    return string.format('%.0f-%.0f', ms, counter)
  end
  local function keepClock()
    redis.call('HSET', KEYS[1], 'ms', string.format('%.0f', ms), 'counter', string.format('%.0f', counter))
  end`;

/**
 * Adds events to a job's log and to the feed.
 *
 * KEYS: clock, feed, events, log, ends, job, unqueued, lock.
 * ARGV: job, writer, number of the append, 'first' or '', lock or '', length of the feed, prefix of busy; type and json
 * of each event. The answer is SEALED, TAKEN, BEGUN, or the time and counter of the first id: also for an append that
 * was done before and is sent again since its answer was lost.
 */
export const APPEND = `
  local done = redis.call('HGET', KEYS[4], 'by ' .. ARGV[2])
  if done then
    local number, ms, first = string.match(done, '(%d+) (%d+) (%d+)')
    if number == ARGV[3] then return { ms, first } end
  end
  if redis.call('HEXISTS', KEYS[4], 'end') == 1 then return 'SEALED' end
  if ARGV[5] ~= '' and redis.call('GET', KEYS[8]) ~= ARGV[5] then return 'TAKEN' end
  if ARGV[4] == 'first' and redis.call('EXISTS', KEYS[3]) == 1 then return 'BEGUN' end
  ${NEXT_ID}
  local first = counter + 1
  local ended
  for i = 8, #ARGV, 2 do
    local id, type, json = nextId(), ARGV[i], ARGV[i + 1]
    redis.call('XADD', KEYS[3], id, 'type', type, 'json', json)
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[6], id, 'job', ARGV[1], 'type', type, 'json', json)
    if type == 'job-completed' or type == 'job-failed' or type == 'job-cancelled' then ended = id end
  end
  keepClock()
  local time = string.format('%.0f', ms)
  local number = string.format('%.0f', first)
  redis.call('HSET', KEYS[4], 'by ' .. ARGV[2], ARGV[3] .. ' ' .. time .. ' ' .. number)
  if ended then
    redis.call('HSET', KEYS[4], 'end', ended)
    redis.call('ZADD', KEYS[5], ms, ARGV[1])
    redis.call('ZREM', KEYS[7], ARGV[1])
    local owner = redis.call('HGET', KEYS[6], 'owner')
    if owner then redis.call('SREM', ARGV[7] .. owner, ARGV[1]) end
  end
  return { time, number }`;

/** Tells every worker to stop a job. KEYS: clock, feed. ARGV: job, why, length of the feed. */
export const STOP = `
  ${NEXT_ID}
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], nextId(), 'stop', ARGV[1], 'why', ARGV[2])
  keepClock()`;

/**
 * Stores a record, or finds the one of the same idempotency key; the answer is what is stored.
 *
 * KEYS: job, jobs, jobs of the owner, keys of the owner, unqueued, number. ARGV: job, owner, creation, record, key or
 * '', prefix of jobs.
 */
export const CREATE = `
  local same = redis.call('HGET', KEYS[1], 'record')
  if same then return same end
  if ARGV[5] ~= '' then
    local earlier = redis.call('HGET', KEYS[4], ARGV[5])
    local record = earlier and redis.call('HGET', ARGV[6] .. earlier, 'record')
    if record then return record end
    redis.call('HSET', KEYS[4], ARGV[5], ARGV[1])
  end
  local position = string.format('%015.0f-%015.0f', ARGV[3], redis.call('INCR', KEYS[6]))
  redis.call('HSET', KEYS[1], 'record', ARGV[4], 'owner', ARGV[2], 'position', position, 'key', ARGV[5])
  for i = 2, 3 do redis.call('ZADD', KEYS[i], 0, position .. ':' .. ARGV[1]) end
  redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1])
  return ARGV[4]`;

/** The newest records before a place. KEYS: a list of jobs. ARGV: the place, how many, prefix of jobs. */
export const LIST = `
  local found = {}
  for _, member in ipairs(redis.call('ZRANGE', KEYS[1], ARGV[1], '-', 'BYLEX', 'REV', 'LIMIT', 0, ARGV[2])) do
    local position, jobId = string.match(member, '^([^:]+):(.+)$')
    found[#found + 1] = { position, redis.call('HGET', ARGV[3] .. jobId, 'record') }
  end
  return found`;

/** Takes a record away. KEYS: job, jobs, unqueued. ARGV: job, prefixes of owners' jobs, keys, busy and paused jobs. */
export const REMOVE = `
  local owner, position, key = unpack(redis.call('HMGET', KEYS[1], 'owner', 'position', 'key'))
  if not owner then return end
  local member = position .. ':' .. ARGV[1]
  redis.call('ZREM', KEYS[2], member)
  redis.call('ZREM', ARGV[2] .. owner, member)
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('SREM', ARGV[4] .. owner, ARGV[1])
  redis.call('SREM', ARGV[5] .. owner, ARGV[1])
  if key ~= '' and redis.call('HGET', ARGV[3] .. owner, key) == ARGV[1] then redis.call('HDEL', ARGV[3] .. owner, key) end
  redis.call('DEL', KEYS[1])`;

/** Remembers something of a job that is there. KEYS: job. ARGV: field, value. */
export const NOTE = `if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end`;

/** Remembers that a job shall rest, or go on. KEYS: job. ARGV: job, 1 or 0, prefix of paused. */
export const REQUEST_PAUSE = `
  local owner = redis.call('HGET', KEYS[1], 'owner')
  if not owner then return end
  redis.call('HSET', KEYS[1], 'pause', ARGV[2])
  redis.call(ARGV[2] == '1' and 'SADD' or 'SREM', ARGV[3] .. owner, ARGV[1])`;

/** Takes a job's entry out of the ledger, if it has one. */
const FORGET_FILES = `
  local function forget()
    local entry = redis.call('GET', KEYS[1])
    if not entry then return end
    local old = cjson.decode(entry)
    redis.call('ZREM', KEYS[2], old.jobId)
    redis.call('ZREM', ARGV[1] .. old.ownerId, old.jobId)
    -- Not -bytes: nothing would become -0, which is no integer.
    redis.call('HINCRBY', KEYS[3], old.ownerId, 0 - old.bytes)
    redis.call('DEL', KEYS[1])
  end`;

/** KEYS: files, all files, space. ARGV: prefix of owners' files, entry, job, owner, time, bytes. */
export const PUT_FILES = `
  ${FORGET_FILES}
  forget()
  redis.call('SET', KEYS[1], ARGV[2])
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[3])
  redis.call('ZADD', ARGV[1] .. ARGV[4], ARGV[5], ARGV[3])
  redis.call('HINCRBY', KEYS[3], ARGV[4], ARGV[6])`;

/** KEYS and ARGV as the first ones of the script before. */
export const REMOVE_FILES = `
  ${FORGET_FILES}
  forget()`;

/**
 * Takes a slot. KEYS: slots, processes. ARGV: process, limit, how many slots the process holds with this one. The answer
 * is how many there were, or -1 when that is the limit. What processes hold that have died counts no more.
 */
export const TAKE_SLOT = `
  local now = tonumber(redis.call('TIME')[1])
  local held = redis.call('HGETALL', KEYS[1])
  local sum = ARGV[3] - 1
  for i = 1, #held, 2 do
    if held[i] ~= ARGV[1] then
      local alive = redis.call('ZSCORE', KEYS[2], held[i])
      if alive and tonumber(alive) > now then sum = sum + held[i + 1] else redis.call('HDEL', KEYS[1], held[i]) end
    end
  end
  if sum >= tonumber(ARGV[2]) then return -1 end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  redis.call('EXPIRE', KEYS[1], 86400)
  return sum`;

/** Says how many slots a process holds: can be said again. KEYS: slots. ARGV: process, how many. */
export const HOLD_SLOTS = `
  if ARGV[2] == '0' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) end`;

/** A sign of life. KEYS: processes. ARGV: process, seconds until the next one is missing. The answer is 1 when it came in time. */
export const PULSE = `
  local now = tonumber(redis.call('TIME')[1])
  local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
  redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 3600)
  return before and tonumber(before) > now and 1 or 0`;
