/* global SwaggerUIBundle */
// The document lies beside this page, whichever prefix it was opened with; nothing else is loaded.
// oxlint-disable-next-line typescript/no-unsafe-call -- it has no types
SwaggerUIBundle({
  dom_id: '#docs',
  url: new URL('openapi.json', location.href).href,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
