"""The import wizard over HTTP. `reaching` fetches within reach; each other module is a page or two of the wizard."""
