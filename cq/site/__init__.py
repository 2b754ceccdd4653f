"""The back half: a Content into a published tree. It never reads the content's files itself,
but streams the attachments."""
