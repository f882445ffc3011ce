// Shows the description of the REST interface with the Swagger UI that the server brings along.
window.ui = window.SwaggerUIBundle({ url: "/openapi/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });
