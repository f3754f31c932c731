/** Takes away what stands on the line of the cursor, which then begins again. */
export const eraseLine = '\r\u001B[K';
