const svg = 'http://www.w3.org/2000/svg';

/** Drawn on a 24 by 24 grid: filled shapes, and lines that the style sheet gives a width. */
const icons = {
  play: { fill: 'M8 5.2v13.6a.6.6 0 0 0 .9.5l11-6.8a.6.6 0 0 0 0-1l-11-6.8a.6.6 0 0 0-.9.5z' },
  pause: { fill: 'M7 5h3.4v14H7zM13.6 5H17v14h-3.4z' },
  replay: { line: 'M5 12a7 7 0 1 0 2.3-5.2M4.5 4v3.8h3.8' },
  loud: {
    fill: 'M4 9.6v4.8h3.2L12 18.6V5.4L7.2 9.6z',
    line: 'M15 9.2a4 4 0 0 1 0 5.6M17.6 6.6a7.6 7.6 0 0 1 0 10.8',
  },
  muted: { fill: 'M4 9.6v4.8h3.2L12 18.6V5.4L7.2 9.6z', line: 'M16 9.8l4.5 4.5M20.5 9.8L16 14.3' },
  sound: { line: 'M5 10.5v3M8.5 7.5v9M12 4.5v15M15.5 8.5v7M19 10.5v3' },
  subtitles: {
    line: 'M4.5 5.5h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7 14.8h6M15.5 14.8H17M7 11.5h2M11.5 11.5H17',
  },
  chapters: { line: 'M9 6.5h10.5M9 12h10.5M9 17.5h10.5M4.5 6.5h.6M4.5 12h.6M4.5 17.5h.6' },
  enlarge: { line: 'M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15' },
  shrink: { line: 'M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5' },
  back: { line: 'M14.5 5.5L8 12l6.5 6.5' },
  chosen: { line: 'M5.5 12.5l4.2 4.2 8.8-9.2' },
} as const satisfies Record<string, { fill?: string; line?: string }>;

export type IconName = keyof typeof icons;

/** A picture beside a control's name, so it says nothing itself. */
export function icon(name: IconName): SVGSVGElement {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('viewBox', '0 0 24 24');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  for (const [kind, d] of Object.entries(icons[name])) {
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('class', `icon-${kind}`);
    path.setAttribute('d', d);
    picture.append(path);
  }
  return picture;
}
