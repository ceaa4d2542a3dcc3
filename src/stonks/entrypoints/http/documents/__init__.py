"""The API's documents, put together from the code that serves: OpenAPI and AsyncAPI."""
