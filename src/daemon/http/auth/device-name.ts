const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Apple ?TV/i, 'Apple TV'],
  [/Web0S|webOS/i, 'LG TV'],
  [/Tizen/, 'Samsung TV'],
  [/BRAVIA/, 'Sony TV'],
  [/CrKey/, 'Chromecast'],
  [/Android.*\bTV\b/, 'Android TV'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** In this order: most browsers also name the ones that they are compatible with. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** What to call a device in a list, from its User-Agent: "Safari on iPhone". At most 60 characters. */
export function deviceName(userAgent: string | undefined): string {
  const text = userAgent ?? '';
  const name = [firstOf(browsers, text), firstOf(systems, text)].filter(Boolean).join(' on ');
  return name || programName(text) || 'Unknown device';
}

function firstOf(names: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  return names.find(([pattern]) => pattern.test(text))?.[1];
}

/** "curl" of "curl/8.5.0". */
function programName(text: string): string {
  return /^[A-Za-z0-9 ._-]{1,60}/.exec(text)?.[0].trim() ?? '';
}
