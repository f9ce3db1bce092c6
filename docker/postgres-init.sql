-- The Inngest server keeps its history in a database of its own, beside the product's.
create database inngest;
