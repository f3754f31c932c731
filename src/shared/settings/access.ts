import { z } from 'zod';
import { asIs, list, locationPath, oneOf, text, wholeNumber, withDefault, yesNo } from './kinds.js';
import { setting } from './setting.js';

/** Where the daemon listens and who gets in. */
export const access = {
  listen: setting(
    'listen',
    'KDRAMA_LISTEN',
    { schema: z.string().default('127.0.0.1:7474'), fromText: asIs },
    'HOST:PORT that the daemon binds',
  ),
  lan: setting(
    'lan',
    'KDRAMA_LAN',
    yesNo,
    'everyone on the network can reach it: binds all addresses where listen names this machine only',
  ),
  allowedHosts: setting(
    'allowedHosts',
    'KDRAMA_ALLOWED_HOSTS',
    list,
    'host names, beside those of this machine, that requests may name',
  ),
  localAuth: setting(
    'auth.local',
    'KDRAMA_AUTH_LOCAL',
    oneOf(['token', 'open'], 'token'),
    'open lets programs on this machine in without a token',
  ),
  jwtSecret: setting(
    'auth.jwtSecret',
    'KDRAMA_JWT_SECRET',
    { schema: z.string().min(32, 'expected at least 32 characters').optional(), fromText: asIs },
    'signs JSON Web Tokens; absent: the daemon makes its own',
    true,
  ),
  openViewing: setting(
    'auth.openViewing',
    'KDRAMA_OPEN_VIEWING',
    yesNo,
    'anyone on the network may watch, nobody without signing in may change anything',
  ),
  tlsCert: setting('tls.cert', 'KDRAMA_TLS_CERT', text, 'PEM file of the certificate chain'),
  tlsKey: setting('tls.key', 'KDRAMA_TLS_KEY', text, 'PEM file of its private key'),
  trustedProxies: setting(
    'proxy.trusted',
    'KDRAMA_TRUSTED_PROXIES',
    list,
    'addresses or CIDR ranges whose forwarded headers are believed',
  ),
  accelLocation: setting(
    'proxy.accelLocation',
    'KDRAMA_PROXY_ACCEL_LOCATION',
    locationPath,
    'internal location of a trusted nginx that holds the media directory, like /kdrama-media/: nginx sends the bytes of segments itself. absent: the daemon does',
  ),
  requestsPerMinute: setting(
    'limits.requestsPerMinute',
    'KDRAMA_REQUESTS_PER_MINUTE',
    withDefault(wholeNumber('requests'), 6000),
    'what one credential or address may ask in a minute',
  ),
} as const;
