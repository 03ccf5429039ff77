f=$1; z=$(echo $f | sed 's/.*-\(show5\|show8\|show10\|round\|tv\)-.*/\1/'); case $z in show5) s=960,480;; show8|show10) s=1280,800;; round) s=480,480;; tv) s=960,540;; esac
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --enable-logging=stderr --virtual-time-budget=4000 --window-size=$s --screenshot=/tmp/shots/${f%.html}.png file:///tmp/shots/$f 2>&1 | grep APL
