# In this folder, `gnuplot scores.gp` draws scores.svg from scores.csv: 84 mm wide, letters of 7 points.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
set terminal svg size 496,725 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'scores.svg'
unset grid
set grid xtics lc rgb '#dddddd' lt 1 lw 0.5
set bars small
set lmargin at screen 0.4194
set rmargin at screen 0.9677
set multiplot
unset key
unset arrow
set tmargin at screen 0.8938
set bmargin at screen 0.4386
set xrange [27.419:96.131] noextend
set yrange [4.5:-0.5]
set ytics scale 0 ("storyworld-acceptability" 0, "storyworld-sentiment" 1, "storyworld-entailment" 2, "storyworld-similarity" 3, "storyworld-ending" 4)
set arrow from graph 0, first 0.5 to graph 1, first 0.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 1.5 to graph 1, first 1.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 2.5 to graph 1, first 2.5 nohead lc rgb '#dddddd' lw 0.5
set arrow from graph 0, first 3.5 to graph 1, first 3.5 nohead lc rgb '#dddddd' lw 0.5
set xlabel "accuracy" offset 0,0.4
plot 'scores.csv' every ::1 using 6:($1 == 0 && $2 == 0 ? $3 : NaN):7:8 with xerrorbars ls 1 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 0 && $2 == 1 ? $3 : NaN):7:8 with xerrorbars ls 2 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 0 && $2 == 2 ? $3 : NaN):7:8 with xerrorbars ls 3 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 0 && $2 == 3 ? $3 : NaN):7:8 with xerrorbars ls 4 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 0 && $2 == -1 ? $3 : NaN):(0):(0.8) with vectors nohead lc rgb '#555555' lw 1.2 dt 3
unset arrow
set tmargin at screen 0.3531
set bmargin at screen 0.2621
set xrange [-7.61888:17.2401] noextend
set yrange [0.5:-0.5]
set ytics scale 0 ("storyworld-relatedness" 0)
set xlabel "Pearson correlation" offset 0,0.4
plot 'scores.csv' every ::1 using 6:($1 == 1 && $2 == 0 ? $3 : NaN):7:8 with xerrorbars ls 1 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 1 && $2 == 1 ? $3 : NaN):7:8 with xerrorbars ls 2 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 1 && $2 == 2 ? $3 : NaN):7:8 with xerrorbars ls 3 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 1 && $2 == 3 ? $3 : NaN):7:8 with xerrorbars ls 4 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 1 && $2 == -1 ? $3 : NaN):(0):(0.8) with vectors nohead lc rgb '#555555' lw 1.2 dt 3
unset arrow
set tmargin at screen 0.1766
set bmargin at screen 0.0855
set xrange [41.6229:59.2251] noextend
set yrange [0.5:-0.5]
set ytics scale 0 ("all tasks" 0)
set xlabel "mean, as in the paper" offset 0,0.4
plot 'scores.csv' every ::1 using 6:($1 == 2 && $2 == 0 ? $3 : NaN):7:8 with xerrorbars ls 1 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 2 && $2 == 1 ? $3 : NaN):7:8 with xerrorbars ls 2 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 2 && $2 == 2 ? $3 : NaN):7:8 with xerrorbars ls 3 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 2 && $2 == 3 ? $3 : NaN):7:8 with xerrorbars ls 4 dt 1 lw 2.4 ps 0.55, \
     'scores.csv' every ::1 using 6:($1 == 2 && $2 == -1 ? $3 : NaN):(0):(0.8) with vectors nohead lc rgb '#555555' lw 1.2 dt 3
unset arrow
set label '' at screen 0.1673,0.9800 point ls 1
set label "GPT" at screen 0.2198,0.9800 left noenhanced
set label '' at screen 0.5585,0.9800 point ls 2
set label "BERT" at screen 0.6109,0.9800 left noenhanced
set label '' at screen 0.1673,0.9510 point ls 3
set label "T5" at screen 0.2198,0.9510 left noenhanced
set label '' at screen 0.5585,0.9510 point ls 4
set label "LSTM" at screen 0.6109,0.9510 left noenhanced
set label "commonest answer" at screen 0.2198,0.9221 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.1310:0.2036] 0.9800 with lines ls 1 dt 1, \
    [0.5222:0.5948] 0.9800 with lines ls 2 dt 1, \
    [0.1310:0.2036] 0.9510 with lines ls 3 dt 1, \
    [0.5222:0.5948] 0.9510 with lines ls 4 dt 1, \
    [0.1310:0.2036] 0.9221 with lines lc rgb '#555555' lw 1.2 dt 3, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
