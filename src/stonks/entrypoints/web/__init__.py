"""The web process: gunicorn with gevent workers, HTTP and sockets alike."""
