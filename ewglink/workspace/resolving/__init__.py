"""Who is who: which entities of a case may be one, with the reasons for and against."""
