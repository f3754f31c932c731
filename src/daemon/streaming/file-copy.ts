type Bytes = Uint8Array<ArrayBuffer>;

/** The whole of one file. `release` once it was sent, or will not be; again does no harm. */
export interface HeldFile {
  readonly bytes: Bytes;
  readonly release: () => void;
}

/** The bytes of a file, there for as long as anybody holds them. */
export class FileCopy {
  #holders = 0;
  #isFree = false;

  /** `onFree` is called when the last has let go: then the memory is used for something else. */
  constructor(
    readonly bytes: Bytes,
    private readonly onFree: () => void,
  ) {}

  hold(): HeldFile {
    // Another file's bytes may be there by now.
    if (this.#isFree) throw new Error('a file was asked for after everybody had let go of it');
    this.#holders += 1;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders -= 1;
      if (this.#holders > 0) return;
      this.#isFree = true;
      this.onFree();
    };
    return { bytes: this.bytes, release };
  }
}
