/** Does something at once and then every day, never twice at a time. */
export class Daily {
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly act: (signal: AbortSignal) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.#run();
    this.#timer = setInterval(() => this.#run(), dayMs).unref();
  }

  /** Resolves when what runs has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#controller.abort();
    await this.#running;
  }

  #run(): void {
    this.#running = this.#running.then(() => this.act(this.#controller.signal)).catch(this.onError);
  }
}

const dayMs = 24 * 60 * 60 * 1000;
