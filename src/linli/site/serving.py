"""What gunicorn is told besides its command line; it reads the names of this file as its settings."""

worker_class = "gthread"
timeout = 60
graceful_timeout = 10
keepalive = 5
loglevel = "warning"
control_socket_disable = True
forwarded_allow_ips = "127.0.0.1,::1"
