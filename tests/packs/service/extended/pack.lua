-- Extends "district" with a stricter target.

pack { id = "extended", extends = "district", title = "市辖", region = "150100", version = "1.0.0", api = 1 }

override.indicator "screening" { target = at_least(72) }
