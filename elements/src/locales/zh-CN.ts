/** Chinese in simplified characters. */
import { formatsFor } from './formats.ts';
import type { Translation } from './strings.ts';

const { percent, span, bytes, number } = formatsFor('zh-CN');

export const zhCN: Translation = {
  lang: 'zh-CN',
  dir: 'ltr',
  steps: {
    Script: '脚本',
    TTS: '旁白',
    Visuals: '画面',
    Composition: '剪辑',
    Rendering: '渲染',
  },
  stepStatus: {
    Pending: '等待中',
    Running: '进行中',
    Succeeded: '已完成',
    Failed: '失败',
    Skipped: '已跳过',
    Canceled: '已取消',
    Left: '未执行',
    Last: '最后状态',
  },
  label: '视频进度',

  idle: '还没有可显示的任务。',
  loading: '正在加载任务…',
  missing: '找不到任务',
  missingDetail: '它可能已过期，或者属于其他人。',
  denied: '无权访问',
  deniedDetail: '您无权查看此任务。请登录后重新连接。',
  lost: '连接已断开',
  lostDetail: '服务器上的工作仍在进行，只是此页面暂时看不到。',

  queued: '等待开始',
  running: '正在制作您的视频',
  paused: '已暂停',
  succeeded: '您的视频已就绪',
  failed: '视频制作失败',
  canceled: '已取消',
  succeededShort: '已就绪',
  lastKnown: (what) => `最后状态：${what}`,

  percent,
  queuePosition: (ahead) => (ahead === 0 ? '下一个就是' : `前面还有 ${number(ahead)} 个任务`),
  item: (stage, item, of) =>
    stage === 'TTS' || stage === 'Visuals'
      ? `第 ${number(item)} 个场景，共 ${number(of)} 个`
      : `第 ${number(item)} 项，共 ${number(of)} 项`,
  elapsed: (seconds) => `已用 ${span(seconds)}`,
  took: (seconds) => (seconds < 1 ? `不到${span(1)}` : span(seconds)),
  madeIn: (seconds) => `制作用时 ${span(seconds)}`,
  attempt: (attempt) => `第 ${number(attempt)} 次尝试`,
  bytes,

  remainingUnknown: '剩余时间未知',
  remaining(seconds) {
    if (seconds < 5) return '还剩几秒';
    if (seconds < 55) return `大约还剩 ${span(Math.ceil(seconds / 5) * 5)}`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `大约还剩 ${number(minutes)} 分钟`;
    return `大约还剩 ${span(minutes * 60)}`;
  },

  valueText: (step, done) => `${step}，${percent(done)}`,
  stoppedAt: (step, done) => `在“${step}”阶段停止，进度 ${percent(done)}。`,
  failedIn: (step) => `“${step}”阶段失败`,
  stalled: (seconds, step, done) =>
    `已有 ${span(seconds)}没有进展（${step}，${percent(done)}）。任务可能还会继续，您可以等待，也可以取消。`,

  connecting: '正在连接…',
  live: '实时',
  polling: '实时，频繁查询',
  offline: '离线',
  reconnecting: (attempt, of, seconds) =>
    seconds > 0
      ? `${span(seconds)}后重新连接（${number(attempt)}/${number(of)}）`
      : `正在重新连接（${number(attempt)}/${number(of)}）…`,
  reconnect: '重新连接',

  cancel: '取消',
  cancelling: '正在取消…',
  cancelTitle: '要取消制作此视频吗？',
  cancelText: '任务会立即停止，临时文件将被删除。此操作无法撤销。',
  cancelYes: '取消制作',
  cancelNo: '继续制作',
  refusedCancel: '无法取消。',

  retry: '重试',
  retrying: '正在重新开始…',
  refusedRetry: '无法重新开始。',

  stepsTitle: '步骤',
  warnings: (count) => `${number(count)} 条警告`,
  olderWarnings: (count) => `日志中还有 ${number(count)} 条较早的警告`,
  dismiss: (message) => `忽略：${message}`,
  log: '日志',
  details: '技术详情',
  downloads: '文件',
  moreFiles: '更多文件',
  subtitles: '字幕',
  reference: '参考编号',
  copy: '复制',
  copied: '已复制',
  noPlayer: '无法从此页面打开视频地址：',
  noFiles: '视频及其文件暂时无法打开。此页面会继续尝试。',

  close: '关闭',
  copyLink: '复制链接',
  linkEnds: '链接在几分钟内有效。',
  follow: '跟随',
  queuedSince: (time) => `自 ${time} 起等待`,
  lastNews: (seconds) => `上次更新：${span(seconds)}前`,
  jobs: '任务',
  jobsLoading: '正在加载任务…',
  jobsFailed: '无法加载任务。',
  noJobs: '还没有任务。',
  noneLikeThis: '没有处于此状态的任务。',
  jobStatus: {
    All: '全部',
    Running: '进行中',
    Queued: '等待中',
    Succeeded: '已就绪',
    Failed: '失败',
    Canceled: '已取消',
  },
  openJob: (title) => `打开：${title}`,
  selectJob: (title) => `选择：${title}`,
  selectAll: '选择所有可取消的任务',
  retryJob: (title) => `重试：${title}`,
  cancelMany: (count) => `取消 ${number(count)} 个任务`,
  cancelManyTitle: (count) => `要取消制作 ${number(count)} 个视频吗？`,
  cancelManyYes: (count) => `取消 ${number(count)} 个视频`,
  clear: '清除已结束的任务',
  clearTitle: (count) => `要删除 ${number(count)} 个已结束的任务吗？`,
  clearText: '视频和文件也会被删除。此操作无法撤销。',
  clearYes: '删除',
  clearNo: '保留',
  refusedMany: (count, reason) => `${number(count)} 个任务未能执行。${reason}`,

  spokenQueued: '等待开始。',
  spokenStep: (step, position, of) => `第 ${number(position)} 步，共 ${number(of)} 步：${step}。`,
  spokenSucceeded: '您的视频已就绪。',
  spokenFailed: (reason) => `视频制作失败。${reason}`,
  spokenCanceled: '任务已取消。',
  spokenStalled: '已有一段时间没有进展。',
  spokenLost: '连接已断开。',
};
