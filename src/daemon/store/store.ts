import { apiKeyStore } from './api-keys.js';
import { deliveryStore } from './deliveries.js';
import { deviceStore } from './devices.js';
import { answerStore } from './answers.js';
import { censusStore } from './census.js';
import { eventStore } from './events.js';
import { jobPageStore } from './job-pages.js';
import { jobReaderStore } from './job-readers.js';
import { jobStore } from './jobs.js';
import { openDatabase } from './open.js';
import { planStore } from './plans.js';
import { promisedJobStore } from './promised-jobs.js';
import { renditionProgressStore } from './rendition-progress.js';
import { relaxedCommits } from './relaxed-commit.js';
import { renditionStore } from './renditions.js';
import { revokedSignInStore } from './revoked-sign-ins.js';
import { retentionStore } from './retention.js';
import { secretStore } from './secrets.js';
import { segmentStore } from './segments.js';
import { shelfStore } from './shelves.js';
import { storyboardStore } from './storyboards.js';
import { subtitleStore } from './subtitles.js';
import { switchStore } from './switches.js';
import { taskStore } from './tasks.js';
import { usageStore } from './usage.js';
import { uploadStore } from './uploads.js';
import { userStore } from './users.js';
import { videoStore } from './videos.js';
import { watchedFileStore } from './watched-files.js';
import { watchStore } from './watches.js';

export type Store = ReturnType<typeof openStore>;

/** Opens the database with all its repositories. Throws DATABASE_NEWER. */
export function openStore(path: string) {
  const connection = openDatabase(path);
  const relaxed = relaxedCommits(connection, `${path}-wal`);
  let last: (() => void)[] = [];
  let afterwards: (() => void)[] = [];
  return {
    videos: videoStore(connection),
    shelves: shelfStore(connection),
    plans: planStore(connection),
    renditions: renditionStore(connection),
    renditionProgress: renditionProgressStore(connection),
    segments: segmentStore(connection),
    storyboards: storyboardStore(connection),
    subtitles: subtitleStore(connection),
    jobs: jobStore(connection),
    jobPages: jobPageStore(connection),
    jobReaders: jobReaderStore(connection),
    promisedJobs: promisedJobStore(connection),
    tasks: taskStore(connection),
    switches: switchStore(connection),
    events: eventStore(connection),
    deliveries: deliveryStore(connection),
    uploads: uploadStore(connection),
    usage: usageStore(connection),
    devices: deviceStore(connection),
    retention: retentionStore(connection),
    secrets: secretStore(connection),
    answers: answerStore(connection),
    census: censusStore(connection),
    users: userStore(connection),
    apiKeys: apiKeyStore(connection),
    revokedSignIns: revokedSignInStore(connection),
    watches: watchStore(connection),
    watchedFiles: watchedFileStore(connection),
    /** All or nothing; `change` must not wait for anything. May be nested. */
    transaction<T>(change: () => T): T {
      if (connection.inTransaction) return change();
      [last, afterwards] = [[], []];
      const result = connection
        .transaction(() => {
          const changed = change();
          for (let act = last.shift(); act !== undefined; act = last.shift()) act();
          return changed;
        })
        .immediate();
      for (const tell of afterwards.splice(0)) tell();
      return result;
    },
    /**
     * For one small change among many while bytes stream in: committed when it returns, on the disk
     * when the promise resolves. A rejection means that the database cannot be relied on any more.
     */
    commitInBackground: (change: () => void): Promise<void> => relaxed.commit(change),
    /** Runs at the end of the open transaction, as a part of it, when all else is written. */
    beforeCommit(act: () => void): void {
      if (connection.inTransaction) last.push(act);
      else act();
    },
    /** Runs once the open transaction is on the disk, never when it is rolled back. */
    afterCommit(tell: () => void): void {
      if (connection.inTransaction) afterwards.push(tell);
      else tell();
    },
    close(): void {
      relaxed.close();
      connection.close();
    },
  };
}
