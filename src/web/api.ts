import type {
  ErrorBody,
  SessionView,
  VideoDetails,
  VideoList,
  VideoView,
} from '../shared/contract/index.js';
import { errorKind, KdramaError } from '../shared/errors.js';

const root = '/api/v1';

/** Who is signed in. AUTH_INVALID_TOKEN when nobody is. */
export function fetchSession(): Promise<SessionView> {
  return request('GET', '/auth/session');
}

export type Credentials =
  { readonly code: string } | { readonly username: string; readonly password: string };

/** Spends a one-time code, or name and password, for the session cookie. */
export function enter(credentials: Credentials): Promise<SessionView> {
  return request('POST', '/auth/session', credentials);
}

/** The whole library, the newest first. */
export async function fetchVideos(): Promise<readonly VideoView[]> {
  const found: VideoView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: VideoList = await request('GET', `/videos?limit=500${cursor}`);
    found.push(...page.videos);
    cursor = page.nextCursor && `&cursor=${page.nextCursor}`;
  }
  return found;
}

/** STREAM_VIDEO_NOT_FOUND when there is none of this id. */
export function fetchVideo(videoId: string): Promise<VideoDetails> {
  return request('GET', `/videos/${videoId}`);
}

/** Playable with the session's cookie, unlike the signed address that other players are given. */
export function masterPlaylistUrl(videoId: string): string {
  return `${root}/stream/${videoId}/hls/master.m3u8`;
}

/** Of a file beside a video, at an address that the daemon has told. */
export async function fetchText(url: string): Promise<string> {
  const response = await reach(url, {});
  if (!response.ok) throw await refusal(response);
  return response.text();
}

async function request<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await reach(root + path, {
    method,
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new KdramaError('DAEMON_UNREACHABLE', undefined, { cause });
  }
}

async function refusal(response: Response): Promise<KdramaError> {
  try {
    return errorOfBody((await response.json()) as ErrorBody);
  } catch (cause) {
    return new KdramaError('INTERNAL', `answered ${response.status}`, { cause });
  }
}

function errorOfBody({ error }: ErrorBody): KdramaError {
  const sentence = errorKind(error.code).message;
  const detail = error.message.startsWith(`${sentence}: `)
    ? error.message.slice(sentence.length + 2)
    : undefined;
  return new KdramaError(error.code, detail, error.hint === undefined ? {} : { hint: error.hint });
}
