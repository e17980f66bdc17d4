/** Arabic, written from right to left. */
import { formatsFor } from './formats.ts';
import type { Translation } from './strings.ts';

const { percent, span, bytes, number, plural } = formatsFor('ar');

/** Counted jobs after a verb or a preposition. */
const jobsOf = (count: number): string =>
  plural(count, {
    one: 'مهمة واحدة',
    two: 'مهمتين',
    few: `${number(count)} مهام`,
    other: `${number(count)} مهمة`,
  });

export const ar: Translation = {
  lang: 'ar',
  dir: 'rtl',
  steps: {
    Script: 'النص',
    TTS: 'التعليق الصوتي',
    Visuals: 'المشاهد',
    Composition: 'التركيب',
    Rendering: 'التصيير',
  },
  stepStatus: {
    Pending: 'في الانتظار',
    Running: 'قيد التنفيذ',
    Succeeded: 'تم',
    Failed: 'فشل',
    Skipped: 'تم التخطي',
    Canceled: 'أُلغي',
    Left: 'لم يُنفَّذ',
    Last: 'آخر حالة معروفة',
  },
  label: 'تقدّم الفيديو',

  idle: 'لا توجد مهمة لعرضها بعد.',
  loading: 'جارٍ تحميل المهمة…',
  missing: 'لم يُعثر على المهمة',
  missingDetail: 'ربما انتهت صلاحيتها أو أنها تخص شخصًا آخر.',
  denied: 'تم رفض الوصول',
  deniedDetail: 'لا يمكنك عرض هذه المهمة. سجّل الدخول ثم أعد الاتصال.',
  lost: 'انقطع الاتصال',
  lostDetail: 'العمل مستمر على الخادم، لكن هذه الصفحة لا تستطيع رؤيته الآن.',

  queued: 'في انتظار البدء',
  running: 'جارٍ إنشاء الفيديو',
  paused: 'متوقفة مؤقتًا',
  succeeded: 'الفيديو جاهز',
  failed: 'تعذّر إنشاء الفيديو',
  canceled: 'أُلغيت',
  succeededShort: 'جاهز',
  lastKnown: (what) => `آخر حالة معروفة: ${what}`,

  percent,
  queuePosition: (ahead) =>
    plural(ahead, {
      zero: 'دورك التالي',
      one: 'مهمة واحدة قبلك',
      two: 'مهمتان قبلك',
      few: `${number(ahead)} مهام قبلك`,
      many: `${number(ahead)} مهمة قبلك`,
      other: `${number(ahead)} مهمة قبلك`,
    }),
  item: (stage, item, of) =>
    stage === 'TTS' || stage === 'Visuals'
      ? `المشهد ${number(item)} من ${number(of)}`
      : `${number(item)} من ${number(of)}`,
  elapsed: (seconds) => `مضى ${span(seconds)}`,
  took: (seconds) => (seconds < 1 ? `أقل من ${span(1)}` : span(seconds)),
  madeIn: (seconds) => `أُنشئ في ${span(seconds)}`,
  attempt: (attempt) => `المحاولة ${number(attempt)}`,
  bytes,

  remainingUnknown: 'الوقت المتبقي غير معروف',
  remaining(seconds) {
    if (seconds < 5) return 'بقيت بضع ثوانٍ';
    if (seconds < 55) return `بقي نحو ${span(Math.ceil(seconds / 5) * 5)}`;
    const minutes = Math.round(seconds / 60);
    if (minutes >= 60) return `بقي نحو ${span(minutes * 60)}`;
    return plural(minutes, {
      one: 'بقيت نحو دقيقة',
      two: 'بقيت نحو دقيقتين',
      few: `بقيت نحو ${number(minutes)} دقائق`,
      other: `بقيت نحو ${number(minutes)} دقيقة`,
    });
  },

  valueText: (step, done) => `${step}، ${percent(done)}`,
  stoppedAt: (step, done) => `توقفت عند «${step}» بنسبة ${percent(done)}.`,
  failedIn: (step) => `فشلت عند «${step}»`,
  stalled: (seconds, step, done) =>
    `لا تقدّم منذ ${span(seconds)} (${step}، ${percent(done)}). قد تستمر المهمة؛ يمكنك الانتظار أو الإلغاء.`,

  connecting: 'جارٍ الاتصال…',
  live: 'مباشر',
  polling: 'مباشر، مع تحقق متكرر',
  offline: 'غير متصل',
  reconnecting: (attempt, of, seconds) =>
    seconds > 0
      ? `إعادة الاتصال ${number(attempt)} من ${number(of)} بعد ${span(seconds)}`
      : `إعادة الاتصال ${number(attempt)} من ${number(of)}…`,
  reconnect: 'إعادة الاتصال',

  cancel: 'إلغاء',
  cancelling: 'جارٍ الإلغاء…',
  cancelTitle: 'هل تريد إلغاء هذا الفيديو؟',
  cancelText: 'سيتوقف العمل فورًا وتُحذف ملفاته المؤقتة. لا يمكن التراجع عن ذلك.',
  cancelYes: 'إلغاء الفيديو',
  cancelNo: 'متابعة',
  refusedCancel: 'تعذّر الإلغاء.',

  retry: 'إعادة المحاولة',
  retrying: 'جارٍ البدء من جديد…',
  refusedRetry: 'تعذّر البدء من جديد.',

  stepsTitle: 'الخطوات',
  warnings: (count) =>
    plural(count, {
      zero: 'لا تحذيرات',
      one: 'تحذير واحد',
      two: 'تحذيران',
      few: `${number(count)} تحذيرات`,
      many: `${number(count)} تحذيرًا`,
      other: `${number(count)} تحذير`,
    }),
  olderWarnings: (count) =>
    plural(count, {
      one: 'تحذير أقدم في السجل',
      two: 'تحذيران أقدم في السجل',
      few: `${number(count)} تحذيرات أقدم في السجل`,
      many: `${number(count)} تحذيرًا أقدم في السجل`,
      other: `${number(count)} تحذير أقدم في السجل`,
    }),
  dismiss: (message) => `تجاهل: ${message}`,
  log: 'السجل',
  details: 'التفاصيل التقنية',
  downloads: 'الملفات',
  moreFiles: 'ملفات أخرى',
  subtitles: 'الترجمة النصية',
  reference: 'الرقم المرجعي',
  copy: 'نسخ',
  copied: 'تم النسخ',
  noPlayer: 'لا يمكن فتح عنوان الفيديو من هذه الصفحة:',
  noFiles: 'لا يمكن فتح الفيديو وملفاته الآن. تواصل هذه الصفحة المحاولة.',

  close: 'إغلاق',
  copyLink: 'نسخ الرابط',
  linkEnds: 'يعمل الرابط لبضع دقائق.',
  follow: 'متابعة الجديد',
  queuedSince: (time) => `في الانتظار منذ ${time}`,
  lastNews: (seconds) => `آخر تحديث قبل ${span(seconds)}`,
  jobs: 'المهام',
  jobsLoading: 'جارٍ تحميل المهام…',
  jobsFailed: 'تعذّر تحميل المهام.',
  noJobs: 'لا توجد مهام بعد.',
  noneLikeThis: 'لا توجد مهمة في هذه الحالة.',
  jobStatus: {
    All: 'الكل',
    Running: 'قيد التنفيذ',
    Queued: 'في الانتظار',
    Succeeded: 'جاهزة',
    Failed: 'فاشلة',
    Canceled: 'ملغاة',
  },
  openJob: (title) => `فتح: ${title}`,
  selectJob: (title) => `تحديد: ${title}`,
  selectAll: 'تحديد كل ما يمكن إلغاؤه',
  retryJob: (title) => `إعادة المحاولة: ${title}`,
  cancelMany: (count) => `إلغاء ${jobsOf(count)}`,
  cancelManyTitle: (count) =>
    plural(count, {
      one: 'هل تريد إلغاء هذا الفيديو؟',
      two: 'هل تريد إلغاء مقطعي فيديو؟',
      few: `هل تريد إلغاء ${number(count)} مقاطع فيديو؟`,
      other: `هل تريد إلغاء ${number(count)} مقطع فيديو؟`,
    }),
  cancelManyYes: (count) =>
    plural(count, {
      one: 'إلغاء الفيديو',
      two: 'إلغاء مقطعي فيديو',
      few: `إلغاء ${number(count)} مقاطع فيديو`,
      other: `إلغاء ${number(count)} مقطع فيديو`,
    }),
  clear: 'مسح المنتهية',
  clearTitle: (count) => `هل تريد حذف ${jobsOf(count)} من المهام المنتهية؟`,
  clearText: 'ستُحذف مقاطع الفيديو والملفات أيضًا. لا يمكن التراجع عن ذلك.',
  clearYes: 'حذف',
  clearNo: 'الاحتفاظ بها',
  refusedMany: (count, reason) => `لم يتم ذلك مع ${jobsOf(count)}. ${reason}`,

  spokenQueued: 'في انتظار البدء.',
  spokenStep: (step, position, of) => `الخطوة ${number(position)} من ${number(of)}: ${step}.`,
  spokenSucceeded: 'الفيديو جاهز.',
  spokenFailed: (reason) => `تعذّر إنشاء الفيديو. ${reason}`,
  spokenCanceled: 'أُلغيت المهمة.',
  spokenStalled: 'لا تقدّم منذ مدة.',
  spokenLost: 'انقطع الاتصال.',
};
