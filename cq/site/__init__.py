"""The back half: a Content into a published tree; attachments are streamed, never held whole."""
