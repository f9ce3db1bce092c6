// The layout engine answers messages by itself once it is loaded outside a document.
import "elkjs/lib/elk-worker.min.js";
