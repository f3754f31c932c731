import type {
  ApiKeyList,
  ChangeUserRequest,
  ChunkResponse,
  Delivery,
  DeliveryList,
  DeviceList,
  ConfigView,
  Health,
  ImportAccepted,
  ImportRequest,
  JobAccepted,
  JobList,
  JobPlan,
  JobView,
  NewApiKeyRequest,
  NewApiKeyView,
  NewUserRequest,
  NewWatchRequest,
  SeriesList,
  SessionView,
  SignInCode,
  StartUploadRequest,
  StartUploadResponse,
  SubmitJobRequest,
  SubtitleAttached,
  SubtitleList,
  UploadAccepted,
  UploadStatus,
  UsageView,
  UserList,
  UserView,
  VideoChange,
  VideoList,
  VideoDetails,
  WatchedFileList,
  WatchList,
  WatchView,
  WebhookSecret,
  WorkView,
} from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { JobState, Role } from '../../shared/states.js';
import { errorOfAnswer } from './remote-error.js';
import type { ApiRequest, Request } from './request.js';
import type { Trust } from './trust.js';

export interface Server {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string | undefined;
  readonly trust?: Trust | undefined;
}

/** Which videos are looked for; all of it must fit. */
export interface VideoSearch {
  /** Of which each must begin a word of title, series or file name. */
  readonly words?: string;
  readonly series?: string;
}

/** A chunk is given longer than everything else: it may wait for a slow disk. */
const idleMs = 30_000;
const chunkIdleMs = 120_000;

export type Api = ReturnType<typeof apiClient>;

/**
 * The routes that the command line uses. Each throws the daemon's own error, or DAEMON_UNREACHABLE.
 * Answers are trusted to be what the contract says: the daemon is ours, and zod would cost 90 ms.
 */
export function apiClient(server: Server, request: Request, signal: AbortSignal) {
  const authorization: Record<string, string> =
    server.token === undefined ? {} : { authorization: `Bearer ${server.token}` };

  type More = { headers?: Record<string, string>; body?: string | Uint8Array; idleMs?: number };
  async function ask(method: ApiRequest['method'], path: string, more: More = {}): Promise<string> {
    const answer = await request({
      idleMs,
      ...more,
      method,
      url: `${server.url}/api/v1${path}`,
      headers: { accept: 'application/json', ...authorization, ...more.headers },
      signal,
      trust: server.trust,
    });
    if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(answer);
    return answer.text;
  }
  const call = async <T>(...asked: Parameters<typeof ask>) => parse(await ask(...asked)) as T;
  const text = (path: string) => ask('GET', path, { headers: { accept: '*/*' } });
  const get = <T>(path: string) => call<T>('GET', path);
  const send = <T>(method: ApiRequest['method'], path: string, body: unknown) =>
    call<T>(method, path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  /** A whole list, page after page. */
  async function all<Page extends { readonly nextCursor?: string | null }>(
    path: string,
  ): Promise<Page[]> {
    const pages: Page[] = [];
    for (let next: string | null = path; next !== null;) {
      const page: Page = await get<Page>(next);
      pages.push(page);
      // A daemon of before there were pages answers with all of it.
      const { nextCursor: cursor = null } = page;
      const more = path.includes('?') ? '&' : '?';
      next = cursor && `${path}${more}cursor=${encodeURIComponent(cursor)}`;
    }
    return pages;
  }
  const post = <T>(path: string, body: unknown) => send<T>('POST', path, body);

  return {
    health: () => get<Health>('/health'),
    config: () => get<ConfigView>('/config'),
    jobs: async (states: readonly JobState[]) =>
      (await all<JobList>(`/jobs?status=${states.join(',')}`)).flatMap(({ jobs }) => jobs),
    submitJob: (body: SubmitJobRequest) => post<JobAccepted>('/jobs', body),
    job: (id: string) => get<JobView>(`/jobs/${encodeURIComponent(id)}`),
    plan: (id: string) => get<JobPlan>(`/jobs/${encodeURIComponent(id)}/plan`),
    deliveries: async (id: string): Promise<readonly Delivery[]> =>
      (await get<DeliveryList>(`/jobs/${encodeURIComponent(id)}/deliveries`)).deliveries,
    webhookSecret: async () => (await get<WebhookSecret>('/webhooks/secret')).secret,
    cancel: (id: string) => call<JobView>('DELETE', `/jobs/${encodeURIComponent(id)}`),
    usage: () => get<UsageView>('/usage?limit=10000'),
    pause: (id: string) => call<JobView>('POST', `/jobs/${encodeURIComponent(id)}/pause`),
    resume: (id: string) => call<JobView>('POST', `/jobs/${encodeURIComponent(id)}/resume`),
    pauseAll: () => call<WorkView>('POST', '/work/pause'),
    resumeAll: () => call<WorkView>('POST', '/work/resume'),
    drain: () => call<WorkView>('POST', '/work/drain'),
    retry: (id: string) => call<JobView>('POST', `/jobs/${encodeURIComponent(id)}/retry`),
    newestJobs: async (limit: number, states?: readonly JobState[]) => {
      const status = states === undefined ? '' : `&status=${states.join(',')}`;
      return (await get<JobList>(`/jobs?limit=${limit}${status}`)).jobs;
    },
    newestVideos: async (limit: number) => (await get<VideoList>(`/videos?limit=${limit}`)).videos,
    videos: async (search: VideoSearch = {}) =>
      (await all<VideoList>(`/videos?${videoQuery(search)}`)).flatMap(({ videos }) => videos),
    seriesNames: async () =>
      (await all<SeriesList>(`/series?limit=${pageSize}`)).flatMap((page) =>
        page.series.map(({ series }) => series),
      ),
    videosLike: async (fingerprint: string) =>
      (await get<VideoList>(`/videos?fingerprint=${fingerprint}`)).videos,
    startUpload: (body: StartUploadRequest) => post<StartUploadResponse>('/upload/start', body),
    upload: (id: string) => get<UploadStatus>(`/upload/${id}`),
    sendChunk: (uploadId: string, index: number, bytes: Uint8Array, sha256: string) =>
      call<ChunkResponse>('POST', `/upload/chunk/${uploadId}/${index}`, {
        headers: { 'content-type': 'application/octet-stream', 'x-chunk-checksum': sha256 },
        body: bytes,
        idleMs: chunkIdleMs,
      }),
    completeUpload: (uploadId: string, finalChecksum: string) =>
      post<UploadAccepted>(`/upload/complete/${uploadId}`, { finalChecksum }),
    abortUpload: (uploadId: string) => call<unknown>('DELETE', `/upload/${uploadId}`),
    importFile: (body: ImportRequest) => post<ImportAccepted>('/import', body),
    signInCode: (role: Role = 'user') => post<SignInCode>('/auth/codes', { role }),
    devices: async () => (await get<DeviceList>('/devices')).devices,
    revokeDevice: (id: string) => call<unknown>('DELETE', `/devices/${encodeURIComponent(id)}`),
    whoAmI: () => get<SessionView>('/auth/session'),
    users: async () => (await get<UserList>('/users')).users,
    addUser: (body: NewUserRequest) => post<UserView>('/users', body),
    changeUser: (id: string, body: ChangeUserRequest) =>
      send<UserView>('PATCH', `/users/${id}`, body),
    removeUser: (id: string) => call<unknown>('DELETE', `/users/${id}`),
    tokens: async () => (await get<ApiKeyList>('/tokens')).tokens,
    createToken: (body: NewApiKeyRequest) => post<NewApiKeyView>('/tokens', body),
    removeToken: (id: string) => call<unknown>('DELETE', `/tokens/${encodeURIComponent(id)}`),
    rotateSecret: () => call<unknown>('POST', '/tokens/rotate'),
    watches: async () => (await get<WatchList>('/watches')).watches,
    watch: (id: string) => get<WatchView>(`/watches/${encodeURIComponent(id)}`),
    addWatch: (body: NewWatchRequest) => post<WatchView>('/watches', body),
    removeWatch: (id: string) => call<unknown>('DELETE', `/watches/${encodeURIComponent(id)}`),
    watchedFiles: async (id: string) => {
      const path = `/watches/${encodeURIComponent(id)}/files?limit=500`;
      return (await all<WatchedFileList>(path)).flatMap(({ files }) => files);
    },
    video: (id: string) => get<VideoDetails>(`/videos/${encodeURIComponent(id)}`),
    /** `said` names the file, and what is to be taken for granted of it. */
    attachSubtitle: (
      id: string,
      said: Readonly<Record<string, string>> & { readonly filename: string },
      bytes: Uint8Array,
    ) =>
      call<SubtitleAttached>(
        'POST',
        `/videos/${encodeURIComponent(id)}/subtitles?${new URLSearchParams(said).toString()}`,
        {
          headers: { 'content-type': 'application/octet-stream' },
          body: bytes,
          idleMs: chunkIdleMs,
        },
      ),
    subtitles: async (id: string) =>
      (await get<SubtitleList>(`/videos/${encodeURIComponent(id)}/subtitles`)).subtitles,
    /** As WebVTT. */
    subtitleText: (id: string, subtitleId: string, track: number) =>
      text(`${subtitlePath(id, subtitleId)}/tracks/${track}`),
    /** As it came, in UTF-8. */
    subtitleSource: (id: string, subtitleId: string) =>
      text(`${subtitlePath(id, subtitleId)}/source`),
    removeSubtitle: (id: string, subtitleId: string) =>
      call<unknown>('DELETE', subtitlePath(id, subtitleId)),
    editVideo: (id: string, change: VideoChange) =>
      send<VideoDetails>('PATCH', `/videos/${encodeURIComponent(id)}`, change),
    replaceVideo: (id: string, videoId: string) =>
      send<VideoDetails>('PUT', `/videos/${encodeURIComponent(id)}/replacement`, { videoId }),
    removeVideo: (id: string) => call<unknown>('DELETE', `/videos/${encodeURIComponent(id)}`),
  };
}

function subtitlePath(id: string, subtitleId: string): string {
  return `/videos/${encodeURIComponent(id)}/subtitles/${encodeURIComponent(subtitleId)}`;
}

/** Pages as large as they may be: the fewest requests for all of a list. */
const pageSize = '500';

function videoQuery({ words = '', series }: VideoSearch): string {
  const query = new URLSearchParams({ limit: pageSize });
  if (words !== '') query.set('query', words);
  if (series !== undefined) query.set('series', series);
  return query.toString();
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KdramaError('DAEMON_UNREACHABLE', 'something else answers there (not JSON)', {
      hint: 'Is KDRAMA_HOST the address of a kdrama daemon?',
      cause: error,
    });
  }
}
