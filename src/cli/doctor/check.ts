/** One thing that was looked at. `fail`: kdrama does not work like this; `warn`: it may not. */
export interface Check {
  readonly name: string;
  readonly level: 'ok' | 'warn' | 'fail';
  readonly message: string;
  /** The one thing to do about it. */
  readonly advice?: string;
}
