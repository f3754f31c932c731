import type { StoredEvent } from '../../store/events.js';
import type { Form } from './form.js';

/** An event whose bytes are made once in each form, however many listen. */
export class RenderedEvent {
  readonly #bytes = new Map<Form, Uint8Array<ArrayBuffer>>();

  constructor(readonly event: StoredEvent) {}

  get id(): number {
    return this.event.id;
  }

  as(form: Form): Uint8Array<ArrayBuffer> {
    const known = this.#bytes.get(form);
    if (known !== undefined) return known;
    const { id, type, jobId, at, data } = this.event;
    const text = form.line({ id, type, jobId, at: new Date(at).toISOString(), data });
    const bytes = new TextEncoder().encode(text);
    this.#bytes.set(form, bytes);
    return bytes;
  }
}
