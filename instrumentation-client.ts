import { config } from "zod/v4/core";

// Before any schema is made: zod would find out whether it may build code from texts, which the content policy forbids and reports.
config({ jitless: true });
