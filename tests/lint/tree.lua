-- The project's own files and the tools run over them, for the lints beside this file.

local tree = {}

-- Runs a shell command; gives its output when it succeeded, else nil and the output.
function tree.run(command)
  local pipe = assert(io.popen(command .. " 2>&1", "r"))
  local output = pipe:read "a"
  if pipe:close() then return output end
  return nil, output
end

-- Paths from the root, in order, of the files whose names end in one of the given endings; what is
-- built or belongs to a workspace is not the project's own.
function tree.files(...)
  local listing = assert(tree.run [[
    find . -type d '(' -name .git -o -path './build*' -o -path ./demo -o -name node_modules ')' -prune \
      -o -type f -print | LC_ALL=C sort]])
  local found = {}
  for path in listing:gmatch "%./([^\n]+)" do
    for _, ending in ipairs { ... } do
      if path:sub(-#ending) == ending then
        found[#found + 1] = path
        break
      end
    end
  end
  assert(#found > 0, "no files were found: the lint must run in the project's root")
  return found
end

-- Calls each(path, line_number, line) for every line of every file.
function tree.lines(paths, each)
  for _, path in ipairs(paths) do
    local number = 0
    for line in io.lines(path) do
      number = number + 1
      each(path, number, line)
    end
  end
end

-- The words of a command line for these paths, quoted for the shell.
function tree.words(paths)
  local quoted = {}
  for i, path in ipairs(paths) do quoted[i] = "'" .. path:gsub("'", "'\\''") .. "'" end
  return table.concat(quoted, " ")
end

return tree
