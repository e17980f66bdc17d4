/** What `POST /api/jobs` accepts (protocol sheet, section 4.2). The server validates; every part has a default there. */

export interface CreateJobRequest {
  /** `sample-hello-youtube` needs nothing else; explicit fields override a preset. */
  preset?: 'default' | 'sample-hello-youtube' | 'simulated';
  /** Values for the preset. */
  inputs?: Record<string, unknown>;
  options?: { allowSkipUnavailable?: boolean; quality?: 'fast' | 'balanced' | 'high' };
  brief?: {
    /** What the video is about, 3–500 characters. */
    topic: string;
    audience?: string | null;
    goal?: string | null;
    tone?: string;
    language?: string;
    aspect?: 'Widescreen16x9' | 'Vertical9x16' | 'Square1x1' | '16:9' | '9:16' | '1:1';
    /** For a language model that writes the script. */
    llmParameters?: { temperature?: number; topP?: number; maxTokens?: number } | null;
    /** Wishes for the script, up to 5000 characters, and a piece of text in the wanted style, up to 2000. */
    promptModifiers?: { additionalInstructions?: string | null; exampleStyle?: string | null } | null;
  };
  planSpec?: {
    /** `hh:mm:ss`, 10 seconds to 30 minutes. */
    targetDuration?: string;
    pacing?: 'Chill' | 'Conversational' | 'Fast';
    density?: 'Sparse' | 'Balanced' | 'Dense';
    style?: string;
    minSceneCount?: number;
    maxSceneCount?: number;
    targetSceneCount?: number;
  };
  voiceSpec?: {
    voiceName?: string;
    /** Speed factor, 0.5–2. */
    rate?: number;
    /** Semitones, -20–20. */
    pitch?: number;
    pause?: 'Natural' | 'Short' | 'Long' | 'Dramatic';
  };
  renderSpec?: {
    res?: { width: number; height: number } | '720p' | '1080p';
    container?: 'mp4' | 'webm' | 'mov' | 'mkv';
    videoBitrateK?: number;
    audioBitrateK?: number;
    fps?: number;
    codec?: 'H264' | 'H265' | 'HEVC' | 'VP9' | 'AV1';
    qualityLevel?: number;
  };
  /** Who is told of the end of the job, also when no page is open; `GET /api/notifications` says what the server does. */
  notify?: {
    /** Gets a signed request (Standard Webhooks). */
    webhook?: { url: string };
    /** Of this page's browser: `subscription.toJSON()` of `PushManager.subscribe()`. */
    push?: { endpoint: string; expirationTime?: number | null; keys: { p256dh: string; auth: string } };
  };
}
