/** What a command may know of the computer and of itself. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly userHome: string;
  readonly userName: string;
  /** -1 where there are none. */
  readonly userId: number;
  /** bin/kdrama, without symlinks. */
  readonly program: string;
  /** The Node that runs it, without symlinks. */
  readonly node: string;
}

export interface ProgramResult {
  /** 127, as shells have it, when it cannot be started. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the computer to its end; a failure is a result. */
export type RunProgram = (file: string, args: readonly string[]) => Promise<ProgramResult>;
