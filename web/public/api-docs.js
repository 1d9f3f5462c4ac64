// Starts Swagger UI on /docs (gridsvc/api/system.py); a file of its own, so that the page needs no inline script.
window.addEventListener('load', () => {
  window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null })
})
